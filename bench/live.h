/* What the C clients share: a socket of Narae's live protocol, opened with a cookie, whose server frames are taken apart. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SHOWN 96 /* how many bytes of each frame are kept for a look */

struct conn {
    int fd, number, have, shown;
    unsigned char head[10], start[SHOWN + 1];
    unsigned long left, hash; /* `hash` of the frame's whole payload (FNV-1a), when `hashing` */
};

static int hashing;

static long now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }

static void many_files(void) {
    struct rlimit most; getrlimit(RLIMIT_NOFILE, &most); most.rlim_cur = most.rlim_max; setrlimit(RLIMIT_NOFILE, &most);
}

/* The lines of a file, and how many. */
static char **lines_of(const char *path, int *count) {
    FILE *file = fopen(path, "r"); char line[512], **lines = NULL; *count = 0;
    if (!file) { perror(path); exit(1); }
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        lines = realloc(lines, (*count + 1) * sizeof *lines);
        lines[(*count)++] = strdup(line);
    }
    fclose(file);
    return lines;
}

static void send_all(int fd, const void *data, size_t n) {
    if (send(fd, data, n, MSG_NOSIGNAL) != (ssize_t)n) { perror("send"); exit(1); }
}

/* A client's frame of less than 64 kB; the mask is zero, which is a mask like any other. */
static void say(int fd, const char *text) {
    unsigned char frame[4096]; size_t n = strlen(text), head = n < 126 ? 2 : 4;
    if (n + 8 > sizeof frame) exit(2);
    frame[0] = 0x81; frame[1] = 0x80 | (n < 126 ? n : 126);
    if (head == 4) { frame[2] = n >> 8; frame[3] = n & 255; }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, n);
    send_all(fd, frame, head + 4 + n);
}

static void dial(struct conn *c, int port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(c->fd, (void *)&to, sizeof to)) { perror("connect"); exit(1); }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static int request_upgrade(struct conn *c, const char *cookie) {
    char request[1024];
    int n = snprintf(request, sizeof request,
        "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: narae_session=%s\r\n\r\n", cookie);
    return send(c->fd, request, n, MSG_NOSIGNAL) == n;
}

/* Opens a socket, upgrades it and says hello; the welcome comes as its first frame. */
static void enter(struct conn *c, int port, const char *cookie) {
    dial(c, port);
    request_upgrade(c, cookie);
    char answer[4096]; int have = 0;
    while (have < 4 || memcmp(answer + have - 4, "\r\n\r\n", 4)) {
        if (recv(c->fd, answer + have, 1, 0) != 1 || ++have >= 4000) { fprintf(stderr, "no upgrade: %.*s\n", have, answer); exit(1); }
    }
    if (strncmp(answer, "HTTP/1.1 101", 12)) { fprintf(stderr, "refused: %.*s\n", have, answer); exit(1); }
    say(c->fd, "{\"t\":\"hello\",\"v\":1}");
}

static void watch(int poll, struct conn *c) {
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event want = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll, EPOLL_CTL_ADD, c->fd, &want);
}

/* Takes bytes as they come and calls `took` for each frame that they complete, with its first bytes in c->start. */
static void parse(struct conn *c, unsigned char *p, long n, void (*took)(struct conn *)) {
    while (n > 0) {
        if (c->left) {
            long take = c->left < (unsigned long)n ? (long)c->left : n;
            if (c->shown < SHOWN) {
                int keep = take < SHOWN - c->shown ? (int)take : SHOWN - c->shown;
                memcpy(c->start + c->shown, p, keep); c->shown += keep; c->start[c->shown] = 0;
            }
            if (hashing) for (long i = 0; i < take; i++) c->hash = (c->hash ^ p[i]) * 1099511628211UL;
            c->left -= take; p += take; n -= take;
            if (!c->left) took(c);
            continue;
        }
        c->head[c->have++] = *p++; n--;
        if (c->have < 2) continue;
        int small = c->head[1] & 127, need = small == 126 ? 4 : small == 127 ? 10 : 2;
        if (c->have < need) continue;
        unsigned long size = small;
        if (small == 126) size = c->head[2] << 8 | c->head[3];
        if (small == 127) { size = 0; for (int i = 2; i < 10; i++) size = size << 8 | c->head[i]; }
        c->left = size; c->have = c->shown = 0; c->start[0] = 0; c->hash = 14695981039346656037UL;
        if (!size) took(c);
    }
}

/* Reads what there is; whether the connection is still open. */
static int take_in(struct conn *c, void (*took)(struct conn *)) {
    static unsigned char buffer[1 << 18];
    ssize_t size = recv(c->fd, buffer, sizeof buffer, 0);
    if (size > 0) { parse(c, buffer, size, took); return 1; }
    return size < 0 && errno == EAGAIN;
}
