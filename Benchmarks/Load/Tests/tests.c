// What the load generator's figures rest on: `make bench-test` builds and runs it.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../histogram.h"
#include "../load.h"
#include "../message.h"

static int failures;

void give_up(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void check(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "load: %s: failed\n", what);
    failures++;
}

static void a_value_alone_is_off_by_less_than_a_percent(void) {
    for (uint64_t power = 1; power < (uint64_t)1 << 60; power *= 2) {
        uint64_t values[] = {power - 1, power, power + 1, power + power / 3};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            histogram_reset();
            histogram_add(values[i]);
            double error = fabs((double)histogram_quantile(0.5) - (double)values[i]);
            check(error <= 0.008 * (double)values[i], "a value alone is off by less than 0.8 percent");
        }
    }
}

static void quantiles_count_from_below(void) {
    histogram_reset();
    check(histogram_quantile(0.5) == 0, "nothing has the quantile 0");
    for (uint64_t value = 1; value <= 100; value++) histogram_add(value);
    check(histogram_quantile(0) == 1, "the smallest value");
    check(histogram_quantile(0.5) == 50, "half of the values are not above the median");
    check(histogram_quantile(0.99) == 99, "one of a hundred is above the 99th percentile");
    check(histogram_quantile(1) == 100, "the largest value");
}

static void a_message_with_any_other_byte_is_seen(void) {
    static const size_t sizes[] = {8, 9, 15, 16, 17, 64, 1024};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i];
        char *message = messages_create(1, size);
        message_stamp(message, size, 77, 5);
        check(message_is(message, size, 77, 5), "a message is itself");
        check(!message_is(message, size, 78, 5), "a message is no other");
        check(size < 16 || !message_is(message, size, 77, 6), "a message is of no other connection");
        for (size_t at = 0; at < size; at++) {
            message[at] ^= 1;
            check(!message_is(message, size, 77, 5), "a message with a byte changed is seen");
            message[at] ^= 1;
        }
        free(message);
    }
}

int main(void) {
    a_value_alone_is_off_by_less_than_a_percent();
    quantiles_count_from_below();
    a_message_with_any_other_byte_is_seen();
    return failures != 0;
}
