package isblockedwhereamethodofthejdkisoverridden;

class Work { final int n; Work(int n) { this.n = n; } @Override public String toString() { return "my " + n; } }
