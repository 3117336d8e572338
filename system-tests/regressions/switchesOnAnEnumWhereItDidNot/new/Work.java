package switchesonanenumwhereitdidnot;

class Work {
    String of(Color c) {
        String s;
        switch (c) {
            case RED: s = "r"; break;
            case BLUE: s = "b"; break;
            default: s = "?";
        }
        Size z = c == Color.RED ? Size.LARGE : Size.SMALL;
        switch (z) { case LARGE: s += "large"; break; default: s += "small"; }
        return s + c.code();
    }
}
