import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/mantine.css';
