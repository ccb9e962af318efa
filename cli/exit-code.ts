/** 0: done and all is well. 1: the run found something wrong. 2: the command, or what it was given, is wrong. */
export type ExitCode = 0 | 1 | 2;
