/**
 * Everything a person would look up in Meta's pages for one number, at once (X-13, D-30). All questions go out together, each
 * with its own time-out; one that fails is a finding and hides no other.
 */
import type { Clock } from '../../../clock';
import { fine, guarded, problem, wrong } from '../../findings';
import type { Finding } from '../../port';
import { appProblem } from '../check-app';
import { missingFields } from '../check';
import type { CloudApiCredentials } from '../credentials';
import type { GraphAnswer, GraphOptions } from '../graph';
import { createTemplateCatalog } from '../templates';
import { debugTokenPath, readTokenFacts } from '../token-facts';
import { openGraphOfNumber, readAppCallback, readOverrides, readSubscribedApps } from '../webhook/routes';
import { clockFindings } from './clock';
import { LIMIT_FIELDS, NUMBER_FIELDS, limitFindings, numberFindings } from './number';
import { accountFindings, callbackFindings, fieldFindings } from './routes';
import { templateFindings } from './templates';
import { tokenFindings } from './token';

const TIMEOUT_MS = 10_000;

export async function diagnoseNumber(
	credentials: CloudApiCredentials,
	receivingAt: readonly string[],
	options: GraphOptions & { clock: Clock },
): Promise<Finding[]> {
	const missing = credentialFindings(credentials);
	if (credentials.accessToken === '' || credentials.phoneNumberId === '') return missing;
	const timeoutMs = Math.min(options.timeoutMs ?? TIMEOUT_MS, TIMEOUT_MS);
	const number = openGraphOfNumber(credentials, { ...options, timeoutMs });
	const { graph, app } = number;
	const { host } = graph;
	const timed: Array<{ answer: GraphAnswer; at: number }> = [];
	const time = async (asked: Promise<GraphAnswer>) => {
		const answer = await asked;
		timed.push({ answer, at: options.clock.now() });
		return answer;
	};
	const path = `/${encodeURIComponent(credentials.phoneNumberId)}`;
	const token = debugTokenPath(credentials.accessToken);
	try {
		const byItself = time(graph.get(token));
		const byApp = app ? app.get(token) : null;
		const findings = await Promise.all([
			guarded('token', async () => {
				const answers = byApp ? [await byApp, await byItself] : [await byItself];
				return tokenFindings(answers, credentials, host, options.clock.now());
			}),
			guarded('appSecret', async () => {
				if (!byApp) return fine('appSecret', 'Not checked: App ID is empty in the credential.');
				const wrong = appProblem(credentials.appId!, { byApp: await byApp, byItself: await byItself }, host);
				if (wrong) return problem('appSecret', wrong);
				return fine('appSecret', 'App ID, App Secret and Access Token belong together.');
			}),
			guarded('number', async () => numberFindings(await time(graph.get(`${path}?fields=${NUMBER_FIELDS}`)), host)),
			guarded('messagingLimit', async () => limitFindings(await graph.get(`${path}?fields=${LIMIT_FIELDS}`))),
			guarded('accountSubscription', async () => {
				const apps = await readSubscribedApps(number);
				const own = credentials.appId ?? readTokenFacts(await byItself)?.appId ?? null;
				return accountFindings(apps, own);
			}),
			guarded('callback', async () => callbackFindings(await readOverrides(number), receivingAt)),
			guarded('fields', async () => fieldFindings(app ? await readAppCallback(number) : null)),
			guarded('templates', async () => templateFindings(await createTemplateCatalog(credentials, graph).list())),
		]);
		return [...missing, ...findings.flat(), ...clockFindings(timed)];
	} finally {
		number.close();
	}
}

function credentialFindings(credentials: CloudApiCredentials): Finding[] {
	const missing = missingFields(credentials).map((one) => problem('credential', one));
	if (credentials.wabaId === '') {
		missing.push(
			wrong(
				'credential',
				'WhatsApp Business Account ID is empty. Templates and subscriptions belong to the account.',
				'Copy it from the app dashboard, WhatsApp > API Setup.',
			),
		);
	}
	if (credentials.verifyToken === '') {
		missing.push(
			wrong(
				'credential',
				'Verify Token is empty. Meta asks for it before it delivers anything to this desk.',
				'Make one up: any words nobody can guess. Enter it in the credential and in the webhook form of the app.',
			),
		);
	}
	return missing.length > 0 ? missing : [fine('credential', 'The credential has everything the desk needs.')];
}
