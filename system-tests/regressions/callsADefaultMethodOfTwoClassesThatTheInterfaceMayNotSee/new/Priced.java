package callsadefaultmethodoftwoclassesthattheinterfacemaynotsee.b;
public interface Priced { int price(); default String tag() { return "tag" + price(); } }
