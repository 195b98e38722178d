/** Machines by name: loaded once, checked, and put together with another machine's event tree where asked for. */

import { parseMachine } from '../importers/machine-file.ts';
import { describeProblem } from '../importers/problem.ts';
import { findDesign } from '../kernel/designs/registry.ts';
import type { Machine } from '../kernel/machine.ts';
import type { ChannelOptions } from './channel.ts';
import type { ChannelConfig, EngineConfig } from './protocol.ts';
import { type Named, titlesOf } from './titles.ts';

/** Fetches the text of public/kernels/<id>/machine.json. */
export type LoadMachine = (id: string) => Promise<string>;

/** A configuration that cannot be booted; the message is for the person. */
class EngineProblem extends Error {
  override readonly name = 'EngineProblem';
}

async function loadMachine(load: LoadMachine, id: string): Promise<Machine> {
  const parsed = parseMachine(await load(id));
  if (!parsed.ok) throw new EngineProblem(`${id}: ${describeProblem(parsed.error)}`);
  return parsed.value;
}

/** What each channel of a configuration boots with. */
export async function loadMachines(load: LoadMachine, config: EngineConfig): Promise<readonly ChannelOptions[]> {
  const known = new Map<string, Promise<Machine>>();
  const machine = (id: string): Promise<Machine> => {
    const loaded = known.get(id) ?? loadMachine(load, id);
    known.set(id, loaded);
    return loaded;
  };
  const options = await Promise.all(
    config.channels.map(async (channel, index): Promise<ChannelOptions> => {
      const own = await machine(channel.kernel);
      const tree = channel.tree === undefined ? undefined : await machine(channel.tree);
      const catalogue = tree === undefined ? undefined : { ...own.catalogue, ...eventsOf(tree) };
      const { cpus, userland } = config;
      return { index, config: channel, machine: own, catalogue, cpus, userland };
    }),
  );
  const titles = titlesOf(options.map((o) => named(o.machine, o.config)));
  return options.map((o, i) => ({ ...o, title: titles[i] ?? o.machine.title }));
}

function named({ title, design: own, vfs: ownVfs }: Machine, { design = own, vfs = ownVfs }: ChannelConfig): Named {
  return { machine: title, design: findDesign(design)?.title ?? design, ownDesign: design === own, vfs };
}

/** The part of a catalogue that is below events/. */
function eventsOf({ catalogue }: Machine) {
  const { systems, instanceSystems, eventsFiles, systemFiles, eventFileModes } = catalogue;
  return { systems, instanceSystems, eventsFiles, systemFiles, eventFileModes };
}
