import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The programs of Debian's slurm-wlm and munge. */
const programs = ['munged', 'slurmctld', 'slurmd'].map((name) => `/usr/sbin/${name}`);

/** Whether a Slurm of one's own can be started here. */
export const hasSlurm = process.getuid?.() === 0 && programs.every((path) => existsSync(path));

/** A Slurm of one machine, with keys, ports and folders of its own. */
export interface OwnSlurm {
  /** For whoever submits jobs to it. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const CONTROL_PORT = 26817;

/** Starts it in a new folder below `parent`; waits until its one node is idle. Throws with its logs where it does not get there. */
export async function startSlurm(parent: string): Promise<OwnSlurm> {
  const folder = join(parent, 'slurm');
  for (const name of ['', 'state', 'spool', 'bin']) mkdirSync(join(folder, name));
  const conf = join(folder, 'slurm.conf');
  const socket = join(folder, 'munge.sock');
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024));
  chmodSync(join(folder, 'munge.key'), 0o400);
  writeFileSync(conf, configuration(folder, socket));
  // Snakemake takes this machine's settings away from `srun`; put them back.
  const srun = join(folder, 'bin', 'srun');
  writeFileSync(srun, `#!/bin/sh\nSLURM_CONF='${conf}' exec /usr/bin/srun "$@"\n`);
  chmodSync(srun, 0o755);
  const env = {
    ...process.env,
    SLURM_CONF: conf,
    PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
  };
  const children: ChildProcess[] = [];
  const start = (program: string, ...args: string[]) => {
    children.push(spawn(program, args, { env, stdio: 'ignore' }));
  };
  const stop = async () => {
    for (const child of children.reverse()) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    }
  };
  const own = (name: string) => join(folder, name);
  start('/usr/sbin/munged', '--foreground', '--force', `--key-file=${own('munge.key')}`, `--socket=${socket}`, `--pid-file=${own('munged.pid')}`, `--log-file=${own('munged.log')}`, `--seed-file=${own('munge.seed')}`); // prettier-ignore
  await until(() => existsSync(socket), 'munged has no socket', folder);
  start('/usr/sbin/slurmctld', '-D', '-c', '-f', conf);
  start('/usr/sbin/slurmd', '-D', '-f', conf);
  const isIdle = () =>
    spawnSync('/usr/bin/sinfo', ['-h', '-o', '%T'], { env }).stdout?.includes('idle');
  await until(isIdle, 'the node is not idle', folder).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { env, stop };
}

async function until(is: () => boolean, fault: string, folder: string): Promise<void> {
  for (let times = 0; times < 100; times++) {
    if (is()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const logs = ['munged.log', 'slurmctld.log', 'slurmd.log'].map((name) => join(folder, name));
  const texts = logs.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
  throw new Error(`${fault}:\n${texts.join('\n').slice(-3000)}`);
}

function configuration(folder: string, socket: string): string {
  const host = hostname().split('.')[0];
  const lines = {
    ClusterName: 'own',
    SlurmctldHost: host,
    AuthType: 'auth/munge',
    AuthInfo: `socket=${socket}`,
    CredType: 'cred/munge',
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_Core',
    AccountingStorageType: 'accounting_storage/none',
    JobAcctGatherType: 'jobacct_gather/none',
    MpiDefault: 'none',
    SlurmUser: 'root',
    SlurmdUser: 'root',
    ReturnToService: '2',
    SlurmctldPort: String(CONTROL_PORT),
    SlurmdPort: String(CONTROL_PORT + 1),
    SchedulerParameters: 'sched_interval=1,sched_min_interval=0,batch_sched_delay=0',
    StateSaveLocation: join(folder, 'state'),
    SlurmdSpoolDir: join(folder, 'spool'),
    SlurmctldPidFile: join(folder, 'slurmctld.pid'),
    SlurmdPidFile: join(folder, 'slurmd.pid'),
    SlurmctldLogFile: join(folder, 'slurmctld.log'),
    SlurmdLogFile: join(folder, 'slurmd.log'),
  };
  const settings = Object.entries(lines).map(([name, value]) => `${name}=${value}`);
  const node = `NodeName=${host} CPUs=2 RealMemory=1500 State=UNKNOWN`;
  const partition = 'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP';
  return `${[...settings, node, partition].join('\n')}\n`;
}
