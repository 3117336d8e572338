package removesaninterfacefromaclass;

class Work { public String title() { return "titled"; } }
