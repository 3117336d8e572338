package isblockedwherecodeasksfortheinterfaceofthejdk;

class Work {
    public void run() { }
}
