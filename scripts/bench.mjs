// npm run bench [-- --quick] [--only WORD] [--profile]
// Measures the desk beside what n8n offers by itself, prints a table and writes test/bench/latest.json.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { ensureTemplate } from './lib/n8n.mjs';
import { preparePack } from './lib/pack.mjs';
import { LOCAL_CACHE, ROOT } from './lib/paths.mjs';
import { ensurePostgres, startPostgres } from './lib/postgres.mjs';
import { Explained, step } from './lib/progress.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { runScript } from './lib/signals.mjs';

let folder;
let postgres;
let databases = 0;

await runScript(
	async () => {
		await bootstrap();
		const { quick, only, profile } = readOptions();
		await build();
		const { BENCHMARKS } = await import('../test/bench/benchmarks.mjs');
		const { isMet, table } = await import('../test/bench/figures.mjs');
		folder = await mkdtemp(join(tmpdir(), 'desk-bench-'));
		const profiles = profile ? join(LOCAL_CACHE, 'profiles') : null;
		if (profiles) await mkdir(profiles, { recursive: true });
		const chosen = BENCHMARKS.filter(({ name }) => name.includes(only));
		if (chosen.length === 0) throw new Explained(`No benchmark is called like "${only}".`);
		const figures = [];
		for (const { name, run } of chosen) {
			const found = await step(`Measuring ${name}`, ({ say }) =>
				run({ quick, dist: join(ROOT, 'dist'), folder, profiles, postgres: emptyDatabase, n8n: preparedN8n, say }),
			);
			figures.push(...found);
		}
		console.log(`\n${table(figures)}\n`);
		const missed = figures.filter((figure) => isMet(figure) === false);
		for (const { name, goal } of missed) console.log(`MISSED  ${name} (${goal})`);
		console.log(
			missed.length === 0
				? 'All goals are met.'
				: `${missed.length} of ${figures.filter(({ goal }) => goal).length} goals are missed.`,
		);
		if (only === '')
			await writeFile(join(ROOT, 'test', 'bench', 'latest.json'), `${JSON.stringify(figures, null, '\t')}\n`);
		if (profiles) console.log('CPU profiles are in .cache/profiles');
	},
	async () => {
		await postgres?.stop();
		if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	},
);

function readOptions() {
	try {
		const { values } = parseArgs({
			options: { quick: { type: 'boolean' }, only: { type: 'string' }, profile: { type: 'boolean' } },
		});
		return { quick: values.quick ?? false, only: values.only ?? '', profile: values.profile ?? false };
	} catch (error) {
		throw new Explained(`${error.message}\nUsage: npm run bench -- [--quick] [--only WORD] [--profile]`);
	}
}

/** Null where there is no PostgreSQL and it cannot be installed: those figures are left out, and said so. */
async function emptyDatabase() {
	try {
		postgres ??= await startPostgres(await ensurePostgres(), join(LOCAL_CACHE, 'logs', 'bench-postgres.log'));
	} catch (error) {
		if (!(error instanceof Explained)) throw error;
		console.log(`${error.message}\nGoing on without the figures on PostgreSQL.`);
		return null;
	}
	const { default: pg } = await import('pg');
	const client = new pg.Client({ connectionString: postgres.url });
	await client.connect();
	const name = `bench_${++databases}`;
	await client.query(`create database ${name}`);
	await client.end();
	const url = new URL(postgres.url);
	url.pathname = `/${name}`;
	return url.href;
}

async function preparedN8n() {
	const runtime = await ensureRuntime();
	return { runtime, template: await ensureTemplate(runtime), nodes: (await preparePack()).nodes };
}
