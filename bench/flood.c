/* Clients that send: each on a socket of its own, in a room of its own, waiting for the answers that come after the commit.
 *
 * flood PORT COOKIES ROOMS TEXT   opens a socket for each line of the file COOKIES; socket n writes TEXT into the room of line n of
 * the file ROOMS, again from the first when they run out. Prints "ready". Then for each line on its standard input:
 * "flood SECONDS DEPTH" keeps DEPTH messages of each socket unanswered and prints "rate MESSAGES_PER_SECOND";
 * "pace RATE SECONDS"   sends RATE messages a second, whatever the answers do, and prints "waits P50 P99 MAX" in microseconds.
 */
#include "live.h"

#define SLOTS 4096 /* messages of one socket that may be unanswered */

static struct conn *conns;
static char **rooms, *text;
static int people, room_count, depth;
static int welcomed;
static long (*sent_at)[SLOTS], *number, until, waits_kept, answered, started;
static unsigned *waits;

static void send_one(struct conn *c, long at) {
    char frame[4000];
    long id = number[c->number]++;
    sent_at[c->number][id % SLOTS] = at;
    snprintf(frame, sizeof frame, "{\"t\":\"send\",\"id\":%ld,\"room\":\"%s\",\"nonce\":\"%d-%d-%ld\",\"text\":\"%s\"}", id,
        rooms[c->number % room_count], getpid(), c->number, id, text);
    say(c->fd, frame);
}

static void took(struct conn *c) {
    if (!strncmp((char *)c->start, "{\"t\":\"error\"", 12)) { fprintf(stderr, "%s\n", c->start); exit(1); }
    if (!strncmp((char *)c->start, "{\"t\":\"welcome\"", 14)) welcomed++;
    char *id = strncmp((char *)c->start, "{\"t\":\"ok\",\"id\":", 15) ? NULL : (char *)c->start + 15;
    if (!id) return;
    long now = now_ns();
    waits[waits_kept++] = (now - sent_at[c->number][atol(id) % SLOTS]) / 1000;
    answered++;
    if (depth && now < until) send_one(c, now);
}

static long unanswered(void) {
    long all = 0;
    for (int i = 0; i < people; i++) all += number[i];
    return all - started - answered;
}

/* Reads for at most `ms`. */
static void listen_for(int poll, int ms) {
    struct epoll_event events[256];
    int got = epoll_wait(poll, events, 256, ms);
    for (int i = 0; i < got; i++)
        if (!take_in(events[i].data.ptr, took)) { fprintf(stderr, "a connection was closed\n"); exit(1); }
}

static int by_size(const void *a, const void *b) { return (*(unsigned *)a > *(unsigned *)b) - (*(unsigned *)a < *(unsigned *)b); }

static void begin(void) {
    started = answered = waits_kept = 0;
    for (int i = 0; i < people; i++) started += number[i];
}

static void flood(int poll, double seconds, int in_flight) {
    begin();
    depth = in_flight;
    long from = now_ns();
    until = from + seconds * 1e9;
    for (int d = 0; d < depth; d++) for (int i = 0; i < people; i++) send_one(conns + i, now_ns());
    while (unanswered()) listen_for(poll, 1000);
    printf("rate %.0f\n", answered / ((now_ns() - from) / 1e9)); fflush(stdout);
}

static void pace(int poll, double rate, double seconds) {
    begin();
    depth = 0;
    long total = rate * seconds, from = now_ns(), done = 0;
    while (done < total) {
        long now = now_ns();
        while (done < total && from + done * 1e9 / rate <= now) { send_one(conns + done % people, from + done * 1e9 / rate); done++; }
        listen_for(poll, 1);
    }
    while (unanswered()) listen_for(poll, 1000);
    qsort(waits, waits_kept, sizeof *waits, by_size);
    printf("waits %u %u %u\n", waits[waits_kept / 2], waits[waits_kept * 99 / 100], waits[waits_kept - 1]); fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    int poll = epoll_create1(0);
    char **cookies = lines_of(argv[2], &people);
    rooms = lines_of(argv[3], &room_count); text = argv[4];
    conns = calloc(people, sizeof *conns); sent_at = calloc(people, sizeof *sent_at); number = calloc(people, sizeof *number);
    waits = calloc(10000000, sizeof *waits);
    many_files();
    for (int i = 0; i < people; i++) { enter(conns + i, atoi(argv[1]), cookies[i]); conns[i].number = i; watch(poll, conns + i); }
    while (welcomed < people) listen_for(poll, 1000);
    printf("ready\n"); fflush(stdout);
    char line[128]; double a, b;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "flood %lf %lf", &a, &b) == 2) flood(poll, a, b);
        else if (sscanf(line, "pace %lf %lf", &a, &b) == 2) pace(poll, a, b);
    }
    return 0;
}
