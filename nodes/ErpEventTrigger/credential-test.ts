/** What does "Test" in an ERP Webhook credential tell? Nothing can be asked from an ERP here, but much can be seen by the form. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

// What can be guessed in a day is no secret.
const SHORTEST_SECRET = 8;

/** Of Woovi's sandbox: it comes in several lines. */
const PUBLIC_KEY = /^-----BEGIN PUBLIC KEY-----/;

export async function erpWebhookCredentialTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const problem = problemOf(String(data.secret ?? '').trim(), String(data.account ?? '').trim());
	if (problem) return { status: 'Error', message: problem };
	return {
		status: 'OK',
		message:
			'The form is right. Whether the ERP has the same secret shows with its first notice: a wrong one gets 401.',
	};
}

function problemOf(secret: string, account: string): string | null {
	if (secret === '') return 'Secret is empty, so every notice would be refused. Its description says what goes there.';
	if (/^https?:\/\//i.test(secret)) {
		return 'Secret holds a whole address. Paste only the secret: the address belongs into the form of the ERP.';
	}
	if (/\s/.test(secret) && !PUBLIC_KEY.test(secret))
		return 'Secret has a space or a line break inside. Paste it again, in one piece.';
	if (secret.length < SHORTEST_SECRET) {
		return `Secret has ${secret.length} characters and can be guessed. Use at least ${SHORTEST_SECRET}; 32 random ones are better.`;
	}
	if (/\s/.test(account)) return 'Account has a space inside. It is one key, number or name.';
	return null;
}
