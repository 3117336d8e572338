package addsadefaultmethodtoaninterface;

interface Named { String name(); }
