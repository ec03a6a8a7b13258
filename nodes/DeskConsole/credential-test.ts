import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { SHORTEST_PASSWORD } from '../../engine/index';

/** There is nobody to ask: a password is good when it is long enough not to be guessed. */
export async function deskConsoleCredentialTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const { length } = String(data.password ?? '');
	if (length < SHORTEST_PASSWORD) {
		const message = `Password has ${length} characters and can be guessed. Use at least ${SHORTEST_PASSWORD}; a sentence is better.`;
		return { status: 'Error', message };
	}
	return { status: 'OK', message: 'The password is long enough. Publish the workflow and open its production URL.' };
}
