package addsarecordcomponentisblocked;

class User { String show() { return new Point(1).toString(); } }
