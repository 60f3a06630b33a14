// Datagrams there and back, `depth` of them in flight; one that stays away for 50 ms counts as lost and is sent anew under another number.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "histogram.h"
#include "load.h"
#include "message.h"
#include "socket.h"
#include "window.h"

enum { MOST = 1024, WAIT = 20 };
static const uint64_t lost_after = 50000000, silence = 10000000000;

static struct mmsghdr outgoing[MOST], incoming[MOST];
static struct iovec out_pieces[MOST], in_pieces[MOST];
static uint64_t numbers[MOST], sent_at[MOST];  // of each place; a place's numbers are its index modulo the depth
static int due[MOST], due_count;               // places that may send
static char *out_memory, *in_memory;
static uint64_t last_heard;

static void prepare(void) {
    out_memory = messages_create((size_t)options.depth, options.size);
    in_memory = malloc((size_t)options.depth * (options.size + 1));
    if (!in_memory) give_up("memory");
    for (int i = 0; i < options.depth; i++) {
        // One byte more than is due, so that an answer too long is seen.
        in_pieces[i] = (struct iovec){in_memory + (size_t)i * (options.size + 1), options.size + 1};
        incoming[i].msg_hdr = (struct msghdr){.msg_iov = in_pieces + i, .msg_iovlen = 1};
        outgoing[i].msg_hdr = (struct msghdr){.msg_iov = out_pieces + i, .msg_iovlen = 1};
        numbers[i] = (uint64_t)i;
        due[due_count++] = i;
    }
}

static void free_place(int place) {
    numbers[place] += (uint64_t)options.depth;
    due[due_count++] = place;
}

static void send_due(int descriptor) {
    uint64_t time = now();
    for (int i = 0; i < due_count; i++) {
        char *message = out_memory + (size_t)due[i] * options.size;
        message_stamp(message, options.size, numbers[due[i]], 0);
        out_pieces[i] = (struct iovec){message, options.size};
        sent_at[due[i]] = time;
    }
    for (int done = 0, count; done < due_count; done += count) {
        count = sendmmsg(descriptor, outgoing + done, (unsigned)(due_count - done), 0);
        if (count > 0) continue;
        tally.errors++;
        break;
    }
    due_count = 0;
}

static void take(int index, uint64_t time) {
    const char *message = in_pieces[index].iov_base;
    uint64_t number = incoming[index].msg_len >= SMALLEST_MESSAGE ? message_number(message) : UINT64_MAX;
    int place = (int)(number % (uint64_t)options.depth);
    if (incoming[index].msg_len != options.size || !message_is(message, options.size, number, 0)) {
        tally.errors++;
    } else if (numbers[place] == number) {  // else it comes late or again
        histogram_add(time - sent_at[place]);
        tally.operations++;
        tally.bytes += options.size;
        free_place(place);
    }
}

static void give_up_late(uint64_t time) {
    for (int place = 0; place < options.depth; place++) {
        if (time - sent_at[place] < lost_after) continue;
        tally.lost++;
        free_place(place);
    }
}

void run_datagrams(void) {
    if (options.depth > MOST) give_up("more than 1024 datagrams in flight");
    int descriptor = dial(SOCK_DGRAM);
    set_timeouts(descriptor, WAIT);
    prepare();
    window_open();
    last_heard = now();
    for (;;) {
        if (due_count) send_due(descriptor);
        int count = recvmmsg(descriptor, incoming, (unsigned)options.depth, MSG_WAITFORONE, NULL);
        uint64_t time = now();
        if (count > 0) last_heard = time;
        else if (errno != EAGAIN) tally.errors++;
        if (time - last_heard > silence) tally.errors++;
        if (window_over(time) || time - last_heard > silence || tally.errors > MOST_ERRORS) break;
        for (int i = 0; i < count; i++) take(i, time);
        if (count <= 0) give_up_late(time);
    }
    window_close();
}
