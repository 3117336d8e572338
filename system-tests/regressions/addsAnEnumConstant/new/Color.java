package addsanenumconstant;

enum Color { RED, GREEN, BLUE }
