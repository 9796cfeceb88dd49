/* Clients that come back all at once, say hello, and ask what they have missed.
 *
 * back PORT N COOKIES ASK   dials N sockets together, each upgraded with a line of the file COOKIES, says hello, after the welcome
 * says ASK, and waits for the frame "changes". Prints "back NANOSECONDS ANSWERS KINDS": how long until the last had its answer,
 * how many had one, and how many different answers there were.
 */
#include "live.h"

static int port, n, people, poll_fd, welcomed, answered, kinds;
static char **cookies, *ask;
static unsigned long seen[64];

static void took(struct conn *c) {
    if (!strncmp((char *)c->start, "{\"t\":\"welcome\"", 14)) { welcomed++; say(c->fd, ask); return; }
    if (strncmp((char *)c->start, "{\"t\":\"changes\"", 14)) return;
    answered++;
    for (int i = 0; i < kinds; i++) if (seen[i] == c->hash) return;
    if (kinds < 64) seen[kinds++] = c->hash;
}

static void begin(struct conn *c) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event want = {.events = EPOLLOUT, .data.ptr = c};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) { perror("connect"); exit(1); }
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &want);
}

static void connected(struct conn *c) {
    struct epoll_event want = {.events = EPOLLIN, .data.ptr = c};
    if (!request_upgrade(c, cookies[(long)c->number * people / n])) { perror("upgrade"); exit(1); }
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, &want);
}

/* The answer to the upgrade, then frames. The server says nothing between its 101 and our hello. */
static int upgraded(struct conn *c) {
    char answer[512];
    ssize_t got = recv(c->fd, answer, sizeof answer - 1, 0);
    answer[got > 0 ? got : 0] = 0;
    if (strncmp(answer, "HTTP/1.1 101", 12) || !strstr(answer, "\r\n\r\n")) { fprintf(stderr, "refused: %s\n", answer); return 0; }
    say(c->fd, "{\"t\":\"hello\",\"v\":1}");
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    port = atoi(argv[1]); n = atoi(argv[2]); cookies = lines_of(argv[3], &people); ask = argv[4];
    hashing = 1; poll_fd = epoll_create1(0);
    many_files();
    struct conn *conns = calloc(n, sizeof *conns);
    char *is_open = calloc(n, 2);
    long from = now_ns();
    for (int i = 0; i < n; i++) { conns[i].number = i; begin(conns + i); }
    struct epoll_event events[256];
    while (answered < n && now_ns() - from < 120000000000L) {
        int got = epoll_wait(poll_fd, events, 256, 1000);
        for (int i = 0; i < got; i++) {
            struct conn *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) connected(c);
            else if (!is_open[c->number]) { if (!(is_open[c->number] = upgraded(c))) return 1; }
            else if (!take_in(c, took)) { fprintf(stderr, "closed: %s\n", c->start); return 1; }
        }
    }
    printf("back %ld %d %d\n", now_ns() - from, answered, kinds); fflush(stdout);
    return 0;
}
