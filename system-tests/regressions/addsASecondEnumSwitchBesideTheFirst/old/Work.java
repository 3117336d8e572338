package addsasecondenumswitchbesidethefirst;

class Work {
    String of(Color c) {
        Runnable r = new Runnable() { @Override public void run() { } };
        r.run();
        switch (c) { case RED: return "r"; case GREEN: return "g"; default: return "?"; }
    }
}
