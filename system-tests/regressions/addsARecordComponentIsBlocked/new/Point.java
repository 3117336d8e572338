package addsarecordcomponentisblocked;

record Point(int x, int y) { int sum() { return x + y; } }
