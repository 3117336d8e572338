package addsasecondenumswitchbesidethefirst;

class Work {
    String of(Color c) {
        Runnable r = new Runnable() { @Override public void run() { } };
        r.run();
        Size z = c == Color.RED ? Size.LARGE : Size.SMALL;
        switch (z) { case SMALL: return "small" + c; default: break; }
        switch (c) { case BLUE: return "b"; case RED: return "r"; default: return "?"; }
    }
}
