package movescodewithtryfinallyandsynchronizedintoaddedmethods;

class CheckedException extends Exception {
    private static final long serialVersionUID = 1L;
    CheckedException(String s) { super(s); }
}
