/** Is the token alive, for how long, and may it do what the desk needs? Pure. */
import type { Instant } from '../../../model';
import { fine, lasting, problem, wrong } from '../../findings';
import type { Finding } from '../../port';
import type { CloudApiCredentials } from '../credentials';
import { describeFailure } from '../describe-test';
import type { GraphAnswer } from '../graph';
import { MANAGEMENT, MESSAGING, readTokenFacts, type TokenFacts } from '../token-facts';

const SOON_MS = 14 * 86_400_000;
const NEW_TOKEN =
	'In Business settings > Users > System users choose the system user, Generate token, expiry "Never", with whatsapp_business_messaging and whatsapp_business_management, and paste it into Access Token of the credential.';

/** @param answers of debug_token, the more telling first */
export function tokenFindings(
	answers: readonly GraphAnswer[],
	credentials: CloudApiCredentials,
	host: string,
	now: Instant,
): Finding[] {
	const facts = answers.map(readTokenFacts).find((one) => one !== null);
	if (!facts) return [problem('token', describeFailure(answers.at(-1)!, host))];
	return [lifeOf(facts, now), ...(facts.valid ? [permissionsOf(facts, credentials)] : [])];
}

function lifeOf({ valid, reason, expiresAt }: TokenFacts, now: Instant): Finding {
	if (!valid) return wrong('token', `Meta does not accept the access token. ${reason ?? ''}`.trim(), NEW_TOKEN);
	if (expiresAt === null) return fine('token', 'The access token is valid and does not expire.');
	const date = new Date(expiresAt).toISOString().slice(0, 10);
	const left = expiresAt - now;
	const found = `The access token is valid until ${date}, ${lasting(left)} from now.`;
	return left < SOON_MS ? wrong('token', found, `Before then: ${NEW_TOKEN}`) : fine('token', found);
}

function permissionsOf({ scopes, targets }: TokenFacts, { wabaId }: CloudApiCredentials): Finding {
	const missing = [MESSAGING, MANAGEMENT].filter((scope) => !scopes.includes(scope));
	if (missing.length > 0) {
		return wrong('permissions', `The token lacks the permission ${missing.join(' and ')}.`, NEW_TOKEN);
	}
	const elsewhere = [MESSAGING, MANAGEMENT].filter((scope) => targets[scope] && !targets[scope].includes(wabaId));
	if (elsewhere.length > 0) {
		return wrong(
			'permissions',
			`The token may use other WhatsApp accounts, but not ${wabaId} (${elsewhere.join(', ')}).`,
			'In Business settings > Accounts > WhatsApp accounts choose the account, add the system user under People with full control, and generate the token again. Check WhatsApp Business Account ID in the credential too.',
		);
	}
	return fine('permissions', 'The token may send and receive messages and manage templates and webhooks.');
}
