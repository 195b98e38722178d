/** The page from top to bottom: header, readings, sentence, actions, the view, the shell line. */
import { type MouseEvent, useCallback, useLayoutEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/field.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { ActionsBar, PhoneActions } from '../views/actions/actions-bar.tsx';
import { Palette } from '../views/actions/palette.tsx';
import { useActivity, useSettings, useViewContext } from '../views/context.ts';
import { Header } from '../views/header/header.tsx';
import { Kernels } from '../views/header/kernels.tsx';
import { ThemeSwitch, useTheme } from '../views/header/theme.tsx';
import { Help } from '../views/help/help.tsx';
import { ObjectsDialog } from '../views/objects/objects-dialog.tsx';
import { OopsBanner } from '../views/oops/banner.tsx';
import { Readings } from '../views/readings/readings.tsx';
import { Sentence } from '../views/sentence/sentence.tsx';
import { ShellLine } from '../views/shell/shell-line.tsx';
import css from './app.module.css';
import { Boundary } from './boundary.tsx';
import { asRecorded, useFaithfulness } from './faithfulness.ts';
import { useKeyboard } from './keyboard.ts';
import { useIsPhone } from './media.ts';
import { VIEWS } from './views.ts';

export function App() {
  const isPhone = useIsPhone();
  const [open, setOpen] = useState<'help' | 'palette'>();
  const view = useView();
  const { services, library } = useViewContext();
  const faithfulness = useFaithfulness(asRecorded(services.config().channels, library.designs));
  const openHelp = useCallback(() => setOpen('help'), []);
  const openPalette = useCallback(() => setOpen('palette'), []);
  const close = useCallback(() => setOpen(undefined), []);
  useKeyboard(openPalette);
  useThemeOnPage();
  const { Screen, Phone } = view;
  const shell = (
    <Boundary name="Shell">
      <ShellLine onHelp={openHelp} />
    </Boundary>
  );

  return (
    <TooltipProvider>
      <div className={css.app}>
        <SkipLink to={isPhone ? (view.phoneStart ?? view.start) : view.start} />
        <Header
          faithfulness={faithfulness}
          views={isPhone ? <ViewChoice /> : <ViewSwitch />}
          isNarrow={isPhone}
          onHelp={openHelp}
        />
        <Notice />
        <main className={css.main}>
          <Boundary name="Readings">
            <Readings />
          </Boundary>
          <Boundary name="Last command">
            <Sentence />
          </Boundary>
          <Boundary name="Kernel bug">
            <OopsBanner />
          </Boundary>
          {!isPhone && <ActionsBar />}
          <div className={css.view} id={VIEW} tabIndex={-1}>
            <Boundary name={view.title} key={view.id}>
              {isPhone ? <Phone shell={shell} /> : <Screen />}
            </Boundary>
          </div>
          {!isPhone && shell}
          {isPhone && (
            <PhoneActions>
              <Kernels />
              <div className={css.sheetTools}>
                <ThemeSwitch />
              </div>
            </PhoneActions>
          )}
        </main>
        <Help open={open === 'help'} onClose={close} />
        <Boundary name="Objects">
          <ObjectsDialog />
        </Boundary>
        <Palette open={open === 'palette'} onClose={close} />
      </div>
    </TooltipProvider>
  );
}

/** The element of the view, for the skip link. */
const VIEW = 'view';

/** The keyboard's first stop: past header, readings and actions. The address keeps its fragment, which may hold a session. */
function SkipLink({ to }: { readonly to: string }) {
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(VIEW)?.focus();
  };
  return (
    <a className={css.skip} href={`#${VIEW}`} onClick={skip}>
      Skip to {to}
    </a>
  );
}

const useView = () => {
  const id = useSettings((s) => s.view);
  return VIEWS.find((view) => view.id === id) ?? VIEWS[0];
};

function ViewSwitch() {
  const current = useView().id;
  const setView = useSettings((s) => s.setView);
  return (
    <nav aria-label="Views" className={css.views}>
      {VIEWS.map((view) => (
        <Button
          key={view.id}
          look="quiet"
          className={css.viewButton}
          aria-current={view.id === current ? 'page' : undefined}
          onClick={() => setView(view.id)}
        >
          {view.title}
        </Button>
      ))}
    </nav>
  );
}

/** The same where there is no room for all of them. */
function ViewChoice() {
  const setView = useSettings((s) => s.setView);
  const options = VIEWS.map(({ id, title }) => ({ value: id, text: title }));
  return <Choice label="View" value={useView().id} options={options} onChange={setView} />;
}

/** Something to know that is not the result of a command. */
function Notice() {
  const notice = useActivity((s) => s.notice);
  const setNotice = useActivity((s) => s.setNotice);
  if (notice === undefined) return null;
  return (
    <section className={css.notice} aria-label="Notice">
      <p>{notice}</p>
      <Button look="quiet" onClick={() => setNotice(undefined)}>
        Dismiss
      </Button>
    </section>
  );
}

/** tokens.css knows the theme by an attribute on <html>; so do the browser's own controls. */
function useThemeOnPage(): void {
  const theme = useTheme();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
