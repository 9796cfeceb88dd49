/* Programs that post: each on a connection of its own that is kept open, waiting for each answer before the next call.
 *
 * post PORT CONNECTIONS PATHS BODY   opens the connections; connection n posts BODY to the path of line n of the file PATHS, again from
 * the first when they run out. Prints "ready". Then for each line on its standard input:
 * "flood SECONDS"      posts as fast as answers come and prints "did PER_SECOND P50 P99 MAX REFUSED", waits in microseconds;
 * "pace RATE SECONDS"  posts RATE times a second in all, and prints the same; waits count from when a call was due.
 * An answer is refused that holds neither "errcode":0 nor the single word ok.
 */
#define _GNU_SOURCE /* strcasestr */
#include "live.h"

struct caller { struct conn c; char request[4096], answer[4096]; int size, have; long sent, calls; };

static struct caller *callers;
static int count, depth;
static long until, answered, refused;
static unsigned *waits;

static void call(struct caller *one, long at) {
    one->sent = at; one->have = 0; one->calls++;
    send_all(one->c.fd, one->request, one->size);
}

/* Whether the answer has come whole. */
static int is_whole(struct caller *one) {
    one->answer[one->have] = 0;
    char *end = strstr(one->answer, "\r\n\r\n"), *size = strcasestr(one->answer, "content-length:");
    return end && size && size < end && one->have >= (end + 4 - one->answer) + atol(size + 15);
}

static void take(struct caller *one) {
    ssize_t got = recv(one->c.fd, one->answer + one->have, sizeof one->answer - 1 - one->have, 0);
    if (got <= 0) { fprintf(stderr, "a connection was closed\n"); exit(1); }
    one->have += got;
    if (!is_whole(one)) return;
    char *body = strstr(one->answer, "\r\n\r\n") + 4;
    refused += !strstr(body, "\"errcode\":0") && strcmp(body, "ok");
    long now = now_ns();
    waits[answered++] = (now - one->sent) / 1000;
    one->sent = 0;
    if (depth && now < until) call(one, now);
}

static int busy(void) { int all = 0; for (int i = 0; i < count; i++) all += callers[i].sent != 0; return all; }

static void listen_for(int poll, int ms) {
    struct epoll_event events[256];
    int got = epoll_wait(poll, events, 256, ms);
    for (int i = 0; i < got; i++) take(events[i].data.ptr);
}

static int by_size(const void *a, const void *b) { return (*(unsigned *)a > *(unsigned *)b) - (*(unsigned *)a < *(unsigned *)b); }

static void tell(long from) {
    double seconds = (now_ns() - from) / 1e9;
    qsort(waits, answered, sizeof *waits, by_size);
    printf("did %.0f %u %u %u %ld\n", answered / seconds, waits[answered / 2], waits[answered * 99 / 100], waits[answered - 1], refused);
    fflush(stdout);
}

static void flood(int poll, double seconds) {
    long from = now_ns();
    answered = refused = 0; depth = 1; until = from + seconds * 1e9;
    for (int i = 0; i < count; i++) call(callers + i, now_ns());
    while (busy()) listen_for(poll, 1000);
    tell(from);
}

/* Each call goes out on a connection that is free; when none is, it waits, and the wait counts. */
static void pace(int poll, double rate, double seconds) {
    long total = rate * seconds, from = now_ns(), done = 0;
    int next = 0;
    answered = refused = 0; depth = 0;
    while (done < total || busy()) {
        for (int tried = 0; done < total && tried < count && from + done * 1e9 / rate <= now_ns(); tried++) {
            struct caller *one = callers + next++ % count;
            if (!one->sent) { call(one, from + done * 1e9 / rate); done++; tried = -1; }
        }
        listen_for(poll, 1);
    }
    tell(from);
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    int poll = epoll_create1(0), paths;
    char **path = lines_of(argv[3], &paths);
    count = atoi(argv[2]);
    callers = calloc(count, sizeof *callers); waits = calloc(10000000, sizeof *waits);
    many_files();
    for (int i = 0; i < count; i++) {
        struct caller *one = callers + i;
        dial(&one->c, atoi(argv[1]));
        one->size = snprintf(one->request, sizeof one->request,
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", path[i % paths],
            strlen(argv[4]), argv[4]);
        if (one->size >= (int)sizeof one->request) return 2;
        struct epoll_event want = {.events = EPOLLIN, .data.ptr = one};
        epoll_ctl(poll, EPOLL_CTL_ADD, one->c.fd, &want);
    }
    printf("ready\n"); fflush(stdout);
    char line[128]; double a, b;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "flood %lf", &a) == 1) flood(poll, a);
        else if (sscanf(line, "pace %lf %lf", &a, &b) == 2) pace(poll, a, b);
    }
    return 0;
}
