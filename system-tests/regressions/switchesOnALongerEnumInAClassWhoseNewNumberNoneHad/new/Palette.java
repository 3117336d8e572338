package switchesonalongernonehad;

class Palette {
    /** The table lies in Palette$2 now, and the base has no class of that name. */
    static String name(Color color) {
        Object added = new Object() { @Override public String toString() { return "added "; } };
        switch (color) {
            case RED: return added + "red";
            case GREEN: return added + "green";
            default: return added + "other";
        }
    }
}
