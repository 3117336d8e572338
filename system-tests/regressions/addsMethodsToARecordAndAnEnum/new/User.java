package addsmethodstoarecordandanenum;

class User {
    String show() {
        return new Point(1, "p").toString() + new Point(1, "p").twice() + Mode.ON.is() + Point.ZERO + new Point(5).moved(2) + Mode.OFF.other();
    }
}
