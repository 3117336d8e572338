package changesaconstantthatotherclassesuse;

class User { String show() { return Limits.MAX + Limits.NAME + Limits.BIG; } }
