package insertsasuperclasswithoutstate;

abstract class Base extends Top {
    String greet() { return "welcome " + name() + cost(10); }
    static String describe(Base b) { return "described " + b.greet(); }
}
