/* The physical reference of a fan-out: accepts N sockets and does nothing but send.
 *
 * sender N    prints its port, accepts N sockets, then for each line "COUNT SIZE BATCH" on its standard input sends COUNT
 * frames of SIZE bytes to every socket, BATCH frames joined in one send(), and prints "done".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    int n = atoi(argv[1]), listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct rlimit most; getrlimit(RLIMIT_NOFILE, &most); most.rlim_cur = most.rlim_max; setrlimit(RLIMIT_NOFILE, &most);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    if (bind(listener, (void *)&at, sizeof at) || listen(listener, 4096) || getsockname(listener, (void *)&at, &size)) return 1;
    printf("%d\n", ntohs(at.sin_port)); fflush(stdout);
    int *fds = calloc(n, sizeof *fds);
    for (int i = 0; i < n; i++) {
        fds[i] = accept(listener, NULL, NULL);
        setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    int count, bytes, batch;
    while (scanf("%d %d %d", &count, &bytes, &batch) == 3) {
        unsigned char *frames = calloc(batch, bytes);
        for (int b = 0; b < batch; b++) {
            unsigned char *f = frames + (long)b * bytes;
            f[0] = 0x81; f[1] = 126; f[2] = (bytes - 4) >> 8; f[3] = (bytes - 4) & 255;
            memset(f + 4, 'x', bytes - 4);
        }
        for (int c = 0; c < count; c += batch)
            for (int i = 0; i < n; i++) {
                long left = (long)batch * bytes; unsigned char *p = frames;
                while (left) {
                    ssize_t sent = send(fds[i], p, left, MSG_DONTWAIT);
                    if (sent > 0) { p += sent; left -= sent; continue; }
                    if (errno != EAGAIN) { perror("send"); return 1; }
                    struct pollfd wait = {.fd = fds[i], .events = POLLOUT};
                    poll(&wait, 1, 1000);
                }
            }
        free(frames);
        printf("done\n"); fflush(stdout);
    }
    return 0;
}
