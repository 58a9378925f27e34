/*
 * The head of an AppImage where the official runtime cannot be had. Unpacks the squashfs image that follows this
 * program in the file, runs its AppRun, and removes the copy again. Needs no FUSE.
 * Format: https://github.com/AppImage/AppImageSpec/blob/master/draft.md (type 2)
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <squashfuse/squashfuse.h>

static void die(const char *what) {
  perror(what);
  exit(127);
}

/* The section headers are the last thing in this program, so the image begins where they end. */
static size_t image_offset(const char *self) {
  Elf64_Ehdr header;
  int file = open(self, O_RDONLY | O_CLOEXEC);
  if (file < 0 || read(file, &header, sizeof header) != (ssize_t)sizeof header) die(self);
  close(file);
  return header.e_shoff + (size_t)header.e_shentsize * header.e_shnum;
}

static void write_file(sqfs *fs, sqfs_inode *inode, const char *to) {
  static char block[1 << 20];
  mode_t mode = inode->base.mode & 0777;
  int file = open(to, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (file < 0) die(to);
  sqfs_off_t size = (sqfs_off_t)inode->xtra.reg.file_size;
  for (sqfs_off_t at = 0; at < size;) {
    sqfs_off_t count = sizeof block;
    if (sqfs_read_range(fs, inode, at, &count, block) != SQFS_OK || count <= 0) die(to);
    for (sqfs_off_t done = 0; done < count;) {
      ssize_t written = write(file, block + done, (size_t)(count - done));
      if (written < 0) die(to);
      done += written;
    }
    at += count;
  }
  if (fchmod(file, mode) || close(file)) die(to);
}

static void write_link(sqfs *fs, sqfs_inode *inode, const char *to) {
  char target[PATH_MAX];
  size_t size = sizeof target;
  if (sqfs_readlink(fs, inode, target, &size) != SQFS_OK || symlink(target, to)) die(to);
}

static void unpack_entry(sqfs *fs, sqfs_traverse *at, const char *directory) {
  char to[PATH_MAX];
  sqfs_inode inode;
  if (snprintf(to, sizeof to, "%s/%s", directory, at->path) >= (int)sizeof to) die("path too long");
  if (sqfs_inode_get(fs, &inode, sqfs_dentry_inode(&at->entry)) != SQFS_OK) die(to);
  if (S_ISDIR(inode.base.mode)) {
    if (mkdir(to, 0755) && errno != EEXIST) die(to);
  } else if (S_ISLNK(inode.base.mode)) {
    write_link(fs, &inode, to);
  } else if (S_ISREG(inode.base.mode)) {
    write_file(fs, &inode, to);
  }
}

static void unpack(const char *self, size_t offset, const char *directory) {
  sqfs fs;
  sqfs_traverse at;
  sqfs_err error = SQFS_OK;
  if (sqfs_open_image(&fs, self, offset) != SQFS_OK) die("image");
  if (sqfs_traverse_open(&at, &fs, sqfs_inode_root(&fs)) != SQFS_OK) die("image");
  while (sqfs_traverse_next(&at, &error))
    if (!at.dir_end) unpack_entry(&fs, &at, directory);
  if (error) die("image");
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
  (void)status, (void)type, (void)walk;
  return remove(path);
}

static pid_t app;
static void pass_on(int signal_number) {
  if (app > 0) kill(app, signal_number);
}

static int run(const char *directory, char **argv) {
  char program[PATH_MAX];
  int status;
  if (snprintf(program, sizeof program, "%s/AppRun", directory) >= (int)sizeof program) die("path too long");
  signal(SIGTERM, pass_on);
  signal(SIGINT, pass_on);
  app = fork();
  if (app < 0) die("fork");
  if (app == 0) {
    argv[0] = program;
    execv(program, argv);
    die(program);
  }
  while (waitpid(app, &status, 0) < 0)
    if (errno != EINTR) die("wait");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
  char self[PATH_MAX], directory[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) die("/proc/self/exe");
  self[length] = 0;
  size_t offset = image_offset(self);

  if (argc > 1 && !strcmp(argv[1], "--appimage-offset")) return printf("%zu\n", offset) < 0;
  if (argc > 1 && !strcmp(argv[1], "--appimage-extract")) {
    if (mkdir("squashfs-root", 0755)) die("squashfs-root");
    unpack(self, offset, "squashfs-root");
    return 0;
  }

  const char *temporary = getenv("TMPDIR");
  snprintf(directory, sizeof directory, "%s/appimage-XXXXXX", temporary ? temporary : "/tmp");
  if (!mkdtemp(directory)) die(directory);
  unpack(self, offset, directory);
  setenv("APPIMAGE", self, 1);
  setenv("APPDIR", directory, 1);
  setenv("ARGV0", argv[0], 1);
  int code = run(directory, argv);
  nftw(directory, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
  return code;
}
