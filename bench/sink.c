/* A client that holds N sockets open and counts the frames that arrive: clients of Narae, or plain TCP of the reference.
 *
 * sink PORT N COOKIES|-   connects N sockets (upgraded, with hello, each line of the file COOKIES for as many of them, when it
 * is not "-") and prints "ready". Then for each line on its standard input: "?" prints "count FRAMES"; "FRAMES" prints
 * "at NANOSECONDS", the monotonic time at which so many frames had arrived, as soon as they have.
 */
#include "live.h"

static unsigned long frames, wanted;

static void took(struct conn *c) {
    (void)c;
    if (++frames == wanted) { printf("at %ld\n", now_ns()); fflush(stdout); }
}

static void told(void) {
    char line[64];
    ssize_t n = read(0, line, sizeof line - 1);
    if (n <= 0) exit(0);
    line[n] = 0;
    if (line[0] == '?') { printf("count %lu\n", frames); fflush(stdout); return; }
    wanted = strtoul(line, NULL, 10);
    if (frames >= wanted) { printf("at %ld\n", now_ns()); fflush(stdout); }
}

static void watch_input(int poll) {
    struct epoll_event in = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &in);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int port = atoi(argv[1]), n = atoi(argv[2]), people = 1, poll = epoll_create1(0);
    char **cookies = strcmp(argv[3], "-") ? lines_of(argv[3], &people) : NULL;
    many_files();
    struct conn *conns = calloc(n, sizeof *conns);
    for (int i = 0; i < n; i++) {
        if (cookies) enter(conns + i, port, cookies[(long)i * people / n]);
        else dial(conns + i, port);
        watch(poll, conns + i);
    }
    watch_input(poll);
    printf("ready\n"); fflush(stdout);
    struct epoll_event events[256];
    for (;;) {
        int got = epoll_wait(poll, events, 256, -1);
        for (int i = 0; i < got; i++) {
            struct conn *c = events[i].data.ptr;
            if (!c) told();
            else if (!take_in(c, took)) { epoll_ctl(poll, EPOLL_CTL_DEL, c->fd, NULL); close(c->fd); }
        }
    }
}
