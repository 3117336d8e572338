package addsapublicconstructorbesideaprotectedoneforanotherpackage.b;
public class Work {
    private final int n;
    protected Work(int n) { this.n = n; }
    public static Work make() { return new Work(1); }
    public String show() { return "work" + n; }
}
