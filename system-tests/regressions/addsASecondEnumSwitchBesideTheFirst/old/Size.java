package addsasecondenumswitchbesidethefirst;

enum Size { SMALL, LARGE }
