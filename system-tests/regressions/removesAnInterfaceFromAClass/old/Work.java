package removesaninterfacefromaclass;

class Work implements Named { @Override public String name() { return "named"; } }
