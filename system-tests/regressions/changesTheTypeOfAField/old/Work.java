package changesthetypeofafield;

class Work {
    private int sum = 1;
    protected String[] names = {"a"};
    void add(int n) { sum += n; }
    String show() { return sum + names[0]; }
}
