package addsarecordcomponentisblocked;

record Point(int x) { int sum() { return x; } }
