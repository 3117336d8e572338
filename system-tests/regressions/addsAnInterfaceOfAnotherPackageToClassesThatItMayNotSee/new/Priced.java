package addsaninterfaceofanotherpackagetoclassesthatitmaynotsee.b;
public interface Priced { int price(); default String tag() { return "tag" + price(); } static boolean is(Object o) { return o instanceof Priced; } }
