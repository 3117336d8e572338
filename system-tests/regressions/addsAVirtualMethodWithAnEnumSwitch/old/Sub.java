package addsavirtualmethodwithanenumswitch;

class Sub extends Work { }
