package isblockedwherecodeasksfortheinterfaceofthejdk;

class Work implements Runnable {
    public void run() { }
}
