/**
 * The least of n8n a node needs to run for real, in this process: no server, no database. Used by run-node.ts,
 * start-trigger.ts and call-webhook.ts.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	INode,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
	Workflow as WorkflowClass,
	WorkflowExecuteMode,
} from 'n8n-workflow';

// n8n-core reads these while it loads, so they are set before the require below.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'whatsapp-desk-test-'));
process.env.N8N_ENCRYPTION_KEY ??= 'a key for tests only';
// Failing runs are part of the tests; n8n would print each of them twice.
process.env.N8N_LOG_LEVEL ??= 'silent';

export const n8nCore = require('n8n-core') as typeof import('n8n-core');
export const n8nWorkflow = require('n8n-workflow') as typeof import('n8n-workflow');

export type AnyNode = INodeType | IVersionedNodeType;

/** Decrypted values by credential type name. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

export interface NodeSpec {
	node: AnyNode;
	parameters?: INodeParameters;
	credentials?: Credentials;
	/** Default: the node's newest version. */
	version?: number;
	name?: string;
	onError?: INode['onError'];
}

export const PACKAGE_NAME = 'n8n-nodes-whatsapp-desk';

export function typeName(node: AnyNode): string {
	return `${PACKAGE_NAME}.${node.description.name}`;
}

/** The node as a workflow stores it. */
export function storedNode({ node, parameters = {}, credentials, version, name, onError }: NodeSpec): INode {
	const references = Object.keys(credentials ?? {}).map((type) => [type, { id: `id of ${type}`, name: type }]);
	return {
		id: `id of ${name ?? node.description.name}`,
		name: name ?? 'Node',
		type: typeName(node),
		typeVersion: version ?? newestVersion(node),
		position: [0, 0],
		webhookId: 'a-webhook-id',
		parameters,
		...(references.length ? { credentials: Object.fromEntries(references) } : {}),
		...(onError ? { onError } : {}),
	} as INode;
}

export function nodeTypesOf(types: Record<string, AnyNode>): INodeTypes {
	const find = (type: string) => {
		const found = types[type];
		if (!found) throw new Error(`The test gave no node of the type "${type}".`);
		return found;
	};
	return {
		getByName: find,
		getByNameAndVersion: (type, version) => {
			const found = find(type);
			return 'nodeVersions' in found ? found.getNodeType(version) : found;
		},
		getKnownTypes: () => ({}),
	};
}

/** A workflow with this one node in it, for contexts that need no execution. */
export function workflowAround(node: INode, type: AnyNode): WorkflowClass {
	return new n8nWorkflow.Workflow({
		id: 'workflow1',
		name: 'Test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: nodeTypesOf({ [node.type]: type }),
		settings: { timezone: 'America/Sao_Paulo' },
	});
}

export function additionalDataFor(
	credentials: Credentials,
	mode: WorkflowExecuteMode,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const url = 'http://localhost:5678/';
	return {
		credentialsHelper: credentialsHelper(credentials),
		hooks: new n8nCore.ExecutionLifecycleHooks(mode, '1', { id: 'workflow1', name: 'Test' } as never),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${url}rest`,
		instanceBaseUrl: url,
		formBaseUrl: `${url}form`,
		formWaitingBaseUrl: `${url}form-waiting`,
		formTestBaseUrl: `${url}form-test`,
		webhookBaseUrl: `${url}webhook`,
		webhookWaitingBaseUrl: `${url}webhook-waiting`,
		webhookTestBaseUrl: `${url}webhook-test`,
		logAiEvent: () => {},
		...more,
	} as unknown as IWorkflowExecuteAdditionalData;
}

function newestVersion(node: AnyNode): number {
	if ('nodeVersions' in node) return node.currentVersion;
	const { defaultVersion, version } = node.description as INodeTypeDescription;
	return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
}

function credentialsHelper(credentials: Credentials) {
	return {
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		getDecrypted: async (_data: unknown, reference: { name: string }) => {
			const found = credentials[reference.name];
			if (!found) throw new Error(`The test gave no credential of the type "${reference.name}".`);
			return { ...found };
		},
	};
}
