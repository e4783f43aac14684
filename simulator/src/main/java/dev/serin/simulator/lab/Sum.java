package dev.serin.simulator.lab;

final class Sum {

    private Sum() {}

    static double of(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
