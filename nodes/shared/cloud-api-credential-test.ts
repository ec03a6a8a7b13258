/** What does "Test" in a WhatsApp Cloud API credential tell a person? What is wrong, why, and how to mend it. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { checkCloudApi } from '../../engine/index';
import type { ChannelHealth } from '../../engine/index';

/** Every node with this credential lists it under methods.credentialTest: n8n asks whichever node it finds first. */
export async function cloudApiCredentialTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	return credentialTestResult(await checkCloudApi(data ?? {}));
}

/** The findings as the one message n8n shows; several problems become a numbered list. */
export function credentialTestResult({ ok, phone, name, problems }: ChannelHealth): INodeCredentialTestResult {
	if (ok) return { status: 'OK', message: `Connected to ${[name, phone].filter(Boolean).join(', ') || 'the number'}` };
	const texts = problems.map(({ what, why, fix }) => `${what} ${why} ${fix}`);
	if (texts.length === 1) return { status: 'Error', message: texts[0]! };
	return { status: 'Error', message: texts.map((text, at) => `${at + 1}. ${text}`).join(' ') };
}
