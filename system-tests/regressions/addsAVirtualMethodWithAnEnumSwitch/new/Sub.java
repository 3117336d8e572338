package addsavirtualmethodwithanenumswitch;

class Sub extends Work {
    @Override public String pick(Color c) {
        switch (c) { case GREEN: return "sub green" + super.pick(c); default: return super.pick(c); }
    }
}
