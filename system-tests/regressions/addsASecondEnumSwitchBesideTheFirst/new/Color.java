package addsasecondenumswitchbesidethefirst;

enum Color { RED, GREEN, BLUE }
