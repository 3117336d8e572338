package addsaconstructorthatcallssuperandsubclassesuse;

class Root {
    protected String log;
    Root(String log) { this.log = "root " + log; }
}
