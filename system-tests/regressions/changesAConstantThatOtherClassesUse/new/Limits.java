package changesaconstantthatotherclassesuse;

class Limits { static final int MAX = 20; static final String NAME = "twenty"; static final long BIG = 1L << 41; }
