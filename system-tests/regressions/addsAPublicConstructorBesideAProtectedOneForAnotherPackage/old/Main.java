package addsapublicconstructorbesideaprotectedoneforanotherpackage.a;
public class Main {
    public static void run(StringBuilder trace) { trace.append(addsapublicconstructorbesideaprotectedoneforanotherpackage.b.Work.make().show()).append('\n'); }
}
