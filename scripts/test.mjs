// npm test [unit] [integration] [e2e] [-- jest options]
// Sets up whatever the chosen parts need, runs them in one jest run, and takes everything down again.
// Without a part: lint and types first, then all three.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, NODE, projectEnv } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { run } from './lib/command.mjs';
import { ensureTemplate } from './lib/n8n.mjs';
import { preparePack } from './lib/pack.mjs';
import { ROOT } from './lib/paths.mjs';
import { ensurePostgres, startPostgres } from './lib/postgres.mjs';
import { Explained, step } from './lib/progress.mjs';
import { ensureRedis, startRedis } from './lib/redis.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { runScript } from './lib/signals.mjs';

const PARTS = ['unit', 'integration', 'e2e'];
const inCi = Boolean(process.env.CI);
let jest;
let postgres;
let redis;
let runFolder;

await runScript(
	async () => {
		await bootstrap();
		const { parts, jestOptions } = readArguments(process.argv.slice(2));
		const everything = parts.length === 0;
		const chosen = everything ? PARTS : parts;
		if (everything) await checkSources();
		const env = {};
		if (chosen.includes('integration') || chosen.includes('e2e')) Object.assign(env, await postgresForTests());
		if (chosen.includes('e2e')) Object.assign(env, await redisForTests(), await n8nForTests());
		return await runJest(chosen, jestOptions, env);
	},
	async () => {
		await endJest();
		await killLeftovers();
		await redis?.stop();
		await postgres?.stop();
	},
);

function readArguments(args) {
	const firstOption = args.findIndex((arg) => !PARTS.includes(arg));
	const count = firstOption < 0 ? args.length : firstOption;
	return { parts: args.slice(0, count), jestOptions: args.slice(count) };
}

async function checkSources() {
	const env = projectEnv();
	await step('Checking style (eslint, prettier)', ({ log }) =>
		run('npm', ['run', '--silent', 'lint'], { cwd: ROOT, env, log, what: 'Lint', show: 100 }),
	);
	await step('Checking types', ({ log }) =>
		run('npm', ['run', '--silent', 'typecheck'], { cwd: ROOT, env, log, what: 'The type check', show: 100 }),
	);
}

async function postgresForTests() {
	if (process.env.TEST_POSTGRES_URL) return {};
	try {
		const programs = await ensurePostgres();
		postgres = await step('Starting PostgreSQL', ({ log }) => startPostgres(programs, log));
		return { TEST_POSTGRES_URL: postgres.url };
	} catch (error) {
		if (inCi || !(error instanceof Explained)) throw error;
		console.log(`${error.message}\nGoing on without: tests on PostgreSQL are skipped.`);
		return {};
	}
}

/** What passes work to the workers of an n8n. */
async function redisForTests() {
	if (process.env.TEST_REDIS_URL) return {};
	try {
		const program = await ensureRedis();
		redis = await step('Starting Redis', ({ log }) => startRedis(program, log));
		return { TEST_REDIS_URL: redis.url };
	} catch (error) {
		if (inCi || !(error instanceof Explained)) throw error;
		console.log(`${error.message}\nGoing on without: tests of n8n with workers are skipped.`);
		return {};
	}
}

async function n8nForTests() {
	const chromium = await ensureChromium();
	const runtime = await ensureRuntime();
	const template = await ensureTemplate(runtime);
	await build();
	const { nodes } = await preparePack();
	runFolder = await mkdtemp(join(tmpdir(), 'desk-tests-'));
	return {
		CHROMIUM_PATH: chromium,
		DESK_E2E_RUNTIME: runtime,
		DESK_E2E_TEMPLATE: template,
		DESK_E2E_NODES: nodes,
		DESK_E2E_RUN_FOLDER: runFolder,
	};
}

function runJest(parts, options, env) {
	const args = ['--selectProjects', ...parts, '--maxWorkers', String(availableParallelism())];
	args.push('--testSequencer', join(ROOT, 'scripts/jest/cheapest-first.cjs'));
	if (inCi && options.length === 0)
		args.push('--ci', '--reporters', 'default', '--reporters', join(ROOT, 'scripts/jest/no-skips.cjs'));
	const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	jest = spawn(NODE, [program, ...args, ...options], { cwd: ROOT, env: projectEnv(env), stdio: 'inherit' });
	return new Promise((resolve, reject) => {
		jest.on('error', reject);
		jest.on('exit', (code) => resolve(code ?? 1));
	});
}

async function endJest() {
	if (!jest || jest.exitCode !== null || jest.signalCode !== null) return;
	jest.kill('SIGTERM');
	await once(jest, 'exit');
}

/** Tests stop what they start; after an interrupted run the process ids they left in the run folder tell what did not end. */
async function killLeftovers() {
	if (!runFolder) return;
	for (const name of await readdir(runFolder)) {
		if (!name.endsWith('.pid')) continue;
		const pid = Number(await readFile(join(runFolder, name), 'utf8'));
		try {
			process.kill(-pid, 'SIGKILL');
		} catch {
			// ended by itself
		}
	}
	await rm(runFolder, { recursive: true, force: true, maxRetries: 5 });
}
