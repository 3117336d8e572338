package removesaninterfacefromaclass;

interface Named { String name(); }
