/* A client that holds N sockets open and counts what arrives: WebSocket clients of Narae, or plain TCP of the reference.
 *
 * sink PORT N COOKIE|-    connects N sockets (with the upgrade and hello when COOKIE is not "-"), prints "ready", then
 * prints "count FRAMES BYTES" for each line on its standard input. Frames are counted by parsing server frames.
 */
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
#include <unistd.h>

struct conn { int fd; int open; unsigned char head[10]; int have; unsigned long skip; };
static unsigned long frames, bytes;

static void parse(struct conn *c, unsigned char *p, long n) {
    while (n > 0) {
        if (c->skip) {
            unsigned long take = c->skip < (unsigned long)n ? c->skip : (unsigned long)n;
            c->skip -= take; p += take; n -= take;
            continue;
        }
        c->head[c->have++] = *p++; n--;
        if (c->have < 2) continue;
        int small = c->head[1] & 127, need = small == 126 ? 4 : small == 127 ? 10 : 2;
        if (c->have < need) continue;
        unsigned long size = small;
        if (small == 126) size = c->head[2] << 8 | c->head[3];
        if (small == 127) { size = 0; for (int i = 2; i < 10; i++) size = size << 8 | c->head[i]; }
        c->skip = size; c->have = 0; frames++;
    }
}

static void send_all(int fd, const void *data, size_t n) { if (send(fd, data, n, 0) != (ssize_t)n) { perror("send"); exit(1); } }

static void upgrade(struct conn *c, const char *cookie) {
    char request[1024];
    int n = snprintf(request, sizeof request,
        "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: narae_session=%s\r\n\r\n", cookie);
    send_all(c->fd, request, n);
    char answer[4096]; int have = 0;
    while (have < 4 || memcmp(answer + have - 4, "\r\n\r\n", 4)) {
        if (recv(c->fd, answer + have, 1, 0) != 1 || ++have >= 4000) { fprintf(stderr, "no upgrade: %.*s\n", have, answer); exit(1); }
    }
    if (strncmp(answer, "HTTP/1.1 101", 12)) { fprintf(stderr, "refused: %.*s\n", have, answer); exit(1); }
    const char *hello = "{\"t\":\"hello\",\"v\":1}";
    unsigned char frame[64] = {0x81, 0x80 | 19, 0, 0, 0, 0};
    memcpy(frame + 6, hello, 19);
    send_all(c->fd, frame, 25);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int port = atoi(argv[1]), n = atoi(argv[2]);
    struct rlimit most; getrlimit(RLIMIT_NOFILE, &most); most.rlim_cur = most.rlim_max; setrlimit(RLIMIT_NOFILE, &most);
    struct conn *conns = calloc(n, sizeof *conns);
    int poll = epoll_create1(0), one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (int i = 0; i < n; i++) {
        struct conn *c = conns + i;
        c->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(c->fd, (void *)&to, sizeof to)) { perror("connect"); return 1; }
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (strcmp(argv[3], "-")) upgrade(c, argv[3]);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        struct epoll_event want = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poll, EPOLL_CTL_ADD, c->fd, &want);
    }
    struct epoll_event in = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &in);
    printf("ready\n"); fflush(stdout);
    static unsigned char buffer[1 << 18];
    struct epoll_event events[256];
    for (;;) {
        int got = epoll_wait(poll, events, 256, -1);
        for (int i = 0; i < got; i++) {
            struct conn *c = events[i].data.ptr;
            if (!c) {
                char line[64];
                if (read(0, line, sizeof line) <= 0) return 0;
                printf("count %lu %lu\n", frames, bytes); fflush(stdout);
                continue;
            }
            ssize_t size = recv(c->fd, buffer, sizeof buffer, 0);
            if (size > 0) { bytes += size; parse(c, buffer, size); }
            else if (size == 0 || errno != EAGAIN) { epoll_ctl(poll, EPOLL_CTL_DEL, c->fd, NULL); close(c->fd); }
        }
    }
}
