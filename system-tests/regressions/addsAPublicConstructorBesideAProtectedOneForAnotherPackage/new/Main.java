package addsapublicconstructorbesideaprotectedoneforanotherpackage.a;
public class Main {
    public static void run(StringBuilder trace) {
        trace.append(addsapublicconstructorbesideaprotectedoneforanotherpackage.b.Work.make().show()).append(new addsapublicconstructorbesideaprotectedoneforanotherpackage.b.Work(3, "x").show()).append('\n');
        java.util.function.Function<String, addsapublicconstructorbesideaprotectedoneforanotherpackage.b.Work> maker = addsapublicconstructorbesideaprotectedoneforanotherpackage.b.Work::new;
        trace.append(maker.apply("made").show()).append('\n');
    }
}
