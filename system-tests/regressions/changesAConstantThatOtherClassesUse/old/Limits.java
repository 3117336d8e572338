package changesaconstantthatotherclassesuse;

class Limits { static final int MAX = 10; static final String NAME = "ten"; static final long BIG = 1L << 40; }
